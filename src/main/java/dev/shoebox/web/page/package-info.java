/** The page's static files and texts. */
package dev.shoebox.web.page;
