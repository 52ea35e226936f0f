/** The page's own files and words. */
package dev.shoebox.web.page;
