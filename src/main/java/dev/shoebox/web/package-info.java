/** The page on which a person sees, chooses and saves photos, served to their own browser on this computer. */
package dev.shoebox.web;
