/** The HTTP server of the page: loopback only, every request checked before a handler sees it. Knows nothing of photos. */
package dev.shoebox.web.server;
