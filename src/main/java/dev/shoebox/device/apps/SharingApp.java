package dev.shoebox.device.apps;

/**
 * An app that shares its documents. Its developer chose all values, and none is a safe file name.
 *
 * @param id its bundle identifier; never empty
 * @param name as shown on the home screen; never empty
 */
public record SharingApp(String id, String name) {}
