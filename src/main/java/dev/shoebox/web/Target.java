package dev.shoebox.web;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A place to save photos: a folder with a backup, or a drive on which a new folder can be created. The page refers to
 * it by number and never sends a path.
 *
 * @param name the name of the drive, or of the destination in the configuration
 * @param isBackup whether it already holds a backup
 * @param isUsable whether photos can be saved in the folder itself
 * @param newFolders whether a new folder can be created in it
 */
record Target(int id, String name, Path folder, Space space, boolean isBackup, boolean isUsable, boolean newFolders) {
    /**
     * The space in a place.
     *
     * @param free in bytes
     * @param fileSystem the type, as the system calls it
     */
    record Space(long free, Optional<String> fileSystem) {}

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("name", name);
        fields.put("folder", folder.toString());
        fields.put("free", space.free());
        space.fileSystem().ifPresent(text -> fields.put("fileSystem", text));
        fields.put("backup", isBackup);
        fields.put("usable", isUsable);
        fields.put("newFolders", newFolders);
        return fields;
    }
}
