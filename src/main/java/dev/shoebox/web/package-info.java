/** The page on which a person views, chooses and saves photos. Serves it to the user's own browser on this computer. */
package dev.shoebox.web;
