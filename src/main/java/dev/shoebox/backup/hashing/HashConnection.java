package dev.shoebox.backup.hashing;

import dev.shoebox.backup.hashing.PhoneHashing.Answer;
import dev.shoebox.backup.hashing.PhoneHashing.Kind;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SelfHashing.FileHashes;
import dev.shoebox.photos.source.SelfHashing.Question;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The connection over which a phone hashes its files; replaced when it is lost. Thread-safe: one request at a time. */
final class HashConnection {
    private static final int MOST_LOSSES = 3;

    private final SelfHashing source;
    private FileHashes connection; // or null
    private int losses;

    /** Whether the connection broke during the last request about several files, before any answer. */
    private boolean brokeAtOnce;

    private int breaksAtOnce;

    HashConnection(SelfHashing source) {
        this.source = source;
    }

    /** Asks about one file, and waits. */
    synchronized Answer ask(MediaFile file, Question question) {
        try {
            return answer(file, question.ask(connection()).orElse(null));
        } catch (IOException lost) {
            return lost(file);
        }
    }

    /**
     * Has the phone hash several files, and waits. If the connection breaks, the last answer says so, and the files
     * behind it have none.
     *
     * <p>Answers to requests that were sent together arrive together: if none came before the connection broke, any of
     * the files may be the reason. Then no file has an answer, and the next ones are requested one by one; if that happens
     * often, all are.
     *
     * @param answered receives the answers in the order of the files
     */
    synchronized void askAll(List<MediaFile> files, Consumer<Answer> answered) {
        Iterator<MediaFile> asked = files.iterator();
        Consumer<Optional<String>> then = sha1 -> answered.accept(answer(asked.next(), sha1.orElse(null)));
        boolean isOneByOne = brokeAtOnce || breaksAtOnce == MOST_LOSSES;
        brokeAtOnce = false;
        try {
            if (isOneByOne) {
                for (MediaFile file : files) {
                    then.accept(connection().sha1(file));
                }
            } else {
                connection().sha1(files, then);
            }
        } catch (IOException lost) {
            if (!asked.hasNext()) {
                return;
            }
            MediaFile unanswered = asked.next();
            brokeAtOnce = !isOneByOne && files.size() > 1 && unanswered.equals(files.get(0));
            if (brokeAtOnce) {
                breaksAtOnce++;
                close();
            } else {
                answered.accept(lost(unanswered));
            }
        }
    }

    /** @param sha1 null if the phone does not hash the file */
    private static Answer answer(MediaFile file, String sha1) {
        return sha1 == null ? new Answer(Kind.REFUSED, file, "") : new Answer(Kind.HASHED, file, sha1);
    }

    /** A phone that breaks the connection at this request would do so again. */
    private Answer lost(MediaFile file) {
        close();
        return new Answer(++losses < MOST_LOSSES ? Kind.LOST : Kind.REFUSED, file, "");
    }

    private FileHashes connection() throws IOException {
        if (connection == null) {
            connection = source.hashes();
        }
        return connection;
    }

    /** Closes the connection; another request opens a new one. */
    synchronized void close() {
        if (connection != null) {
            connection.close();
        }
        connection = null;
    }
}
