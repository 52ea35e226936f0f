/** File formats that contain images, videos and their metadata. */
package dev.shoebox.photos.metadata.container;
