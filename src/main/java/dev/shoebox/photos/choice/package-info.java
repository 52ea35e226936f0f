/** Which assets and which of their files are wanted. */
package dev.shoebox.photos.choice;
