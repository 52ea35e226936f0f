/** JSON objects as Shoebox writes, keeps and reads them again: one on a line. */
package dev.shoebox.json;
