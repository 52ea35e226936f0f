/** Commands about the phone and what it holds. */
package dev.shoebox.cli.phone;
