/** Text for people, from people, and digests of it. Imports no other package of the project. */
package dev.shoebox.text;
