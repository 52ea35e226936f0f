package dev.shoebox.device.apps;

/**
 * An app that shares its documents. Its developer chose all of it, and none of it is a safe file name.
 *
 * @param id its bundle identifier, by which the phone knows it; never empty
 * @param name as the home screen shows it; never empty
 */
public record SharingApp(String id, String name) {}
