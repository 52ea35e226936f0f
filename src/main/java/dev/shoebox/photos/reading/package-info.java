/** Reading ahead on a separate thread. */
package dev.shoebox.photos.reading;
