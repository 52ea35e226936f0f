/** What the operating system must be asked or told beyond what Java does: native code, who may write where. */
package dev.shoebox.system;
