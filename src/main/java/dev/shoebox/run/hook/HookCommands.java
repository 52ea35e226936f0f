package dev.shoebox.run.hook;

import java.util.Optional;

/**
 * The person's own commands around a backup, each a line for the shell.
 *
 * @param before runs first; where it fails, nothing is backed up
 * @param after runs behind a complete backup
 * @param afterFail runs behind one that is not good
 */
public record HookCommands(Optional<String> before, Optional<String> after, Optional<String> afterFail) {
    public static final HookCommands NONE = new HookCommands(Optional.empty(), Optional.empty(), Optional.empty());
}
