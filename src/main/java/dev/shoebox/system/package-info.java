/** Operating system services that Java lacks: native code, permissions, mounts and flushes. */
package dev.shoebox.system;
