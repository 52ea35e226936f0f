/**
 * What a phone has besides photos, as a {@link dev.shoebox.photos.source.MediaSource}: documents of apps, books, music,
 * ringtones and recordings over the cable; more from a local backup.
 */
package dev.shoebox.phonefiles;
