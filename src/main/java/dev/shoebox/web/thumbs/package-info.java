/** Small pictures of photos: the phone's own, those inside of files, and those that are scaled down in a process apart. */
package dev.shoebox.web.thumbs;
