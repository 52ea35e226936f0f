/** Files that are set aside, among them those that interrupted runs left. */
package dev.shoebox.destination.aside;
