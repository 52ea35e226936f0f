/** Files that hold images, videos and their metadata. */
package dev.shoebox.photos.metadata.container;
