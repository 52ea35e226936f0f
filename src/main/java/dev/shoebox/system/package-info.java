/** Operating system services that Java lacks: disks and mounts, folder handles, flushes, exclusive renames. */
package dev.shoebox.system;
