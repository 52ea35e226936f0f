package dev.shoebox.run.hook;

import java.util.Optional;

/**
 * The user's commands around a backup, each a line for the shell.
 *
 * @param before runs first; if it fails, nothing is backed up
 * @param after runs after a complete backup
 * @param afterFail runs after any other backup
 */
public record HookCommands(Optional<String> before, Optional<String> after, Optional<String> afterFail) {
    public static final HookCommands NONE = new HookCommands(Optional.empty(), Optional.empty(), Optional.empty());
}
