/**
 * The HTTP server of the page. Listens on the loopback interface only, and checks every request before a handler sees
 * it. Does not depend on photos.
 */
package dev.shoebox.web.server;
