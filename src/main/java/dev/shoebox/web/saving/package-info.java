/** What the page has saved: one run at a time, followed as it goes on. */
package dev.shoebox.web.saving;
