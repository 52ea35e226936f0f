/** Thumbnails of photos: the phone's own, those embedded in files, and those scaled in a separate process. */
package dev.shoebox.web.thumbs;
