/** JSON objects as Shoebox writes, stores and reads them: one on each line. */
package dev.shoebox.json;
