package dev.shoebox.backup.transfer;

/** What is to become of a file of which a reading has come to its end. */
enum NextStep {
    /** It is what it should be, as far as anybody can tell. */
    SETTLE,
    /** The current stream brings it once more, to be compared. */
    COMPARE_WITH_NEXT,
    /** What is staged is to be compared with another reading, at once: readings differ. */
    COMPARE_NOW,
    /** The same, behind what is being read. */
    COMPARE_LATER,
    /** What is staged is wrong or doubtful: it is thrown away and read anew, behind what is being read. */
    READ_AGAIN,
    /** The phone is to hash it. */
    ASK_PHONE,
    /** It was read as often as a file is, and never came twice alike. */
    GIVE_UP
}
