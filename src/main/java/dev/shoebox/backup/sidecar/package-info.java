/** Sidecars: files beside a photo for other programs. */
package dev.shoebox.backup.sidecar;
