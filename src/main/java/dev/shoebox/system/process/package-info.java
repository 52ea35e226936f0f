/** Other programs that are run, and whether the computer may fall asleep meanwhile. */
package dev.shoebox.system.process;
