package dev.shoebox.web;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A place that is offered for photos: a folder with a backup, or a drive on which a new folder can be made. The page names it
 * by its number and never sends a path.
 *
 * @param name of the drive, or of the destination in the configuration
 * @param isBackup whether it holds a backup already
 * @param isUsable whether photos can go into the folder itself
 * @param newFolders whether a new folder can be made in it
 */
record Target(int id, String name, Path folder, Space space, boolean isBackup, boolean isUsable, boolean newFolders) {
    /**
     * @param free bytes
     * @param fileSystem as the system calls it
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
