package dev.shoebox.simulator.apps;

import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.library.TreeNode;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The container of an app as {@code VendDocuments} shows it: only {@code Documents} is accessible. */
final class AppContainer extends SimulatedLibrary {
    private static final String DOCUMENTS = "Documents";

    private final SimulatedLibrary documents;

    AppContainer(SimulatedLibrary documents) {
        this.documents = documents;
    }

    /** @return the path relative to the documents, empty for their folder */
    private static String within(String path) throws AccessDeniedException {
        if (path.equals(DOCUMENTS)) {
            return "";
        }
        if (!path.startsWith(DOCUMENTS + "/")) {
            throw new AccessDeniedException(path);
        }
        return path.substring(DOCUMENTS.length() + 1);
    }

    @Override
    public Optional<TreeNode> find(String path) throws IOException {
        String within = within(path);
        return within.isEmpty() ? Optional.of(TreeNode.folder(Instant.EPOCH)) : documents.find(within);
    }

    @Override
    public List<String> list(String path) throws IOException {
        return documents.list(within(path));
    }

    @Override
    public Content open(String path) throws IOException {
        return documents.open(within(path));
    }
}
