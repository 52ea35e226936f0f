/** Small pictures that a backup keeps of its photos: a cache of the phone's, and no proof of anything. */
package dev.shoebox.destination.thumbs;
