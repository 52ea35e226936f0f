/** Brings what one backup holds into another: with its sources, dates, roles and albums, not as a folder of loose files. */
package dev.shoebox.merge;
