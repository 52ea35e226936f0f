/** Ways by which trouble reaches a person who has no desktop here: mail, web services, commands of theirs. */
package dev.shoebox.run.alert;
