/** What the cable shows of a phone beside its photos, as a {@link dev.shoebox.photos.source.MediaSource}: documents of apps, books, music, ringtones, recordings. */
package dev.shoebox.phonefiles;
