package dev.shoebox.web.saving;

import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SavingRunTest {
    private static final ChosenPhotos PHOTOS = new ChosenPhotos(
            new SourceId(SourceId.Kind.PHONE, "0123", "iPhone"), Map.of("DCIM/100APPLE/IMG_0001.HEIC", "1"));

    private static final PageWork FULL = (PageWork) Proxy.newProxyInstance(
            PageWork.class.getClassLoader(), new Class<?>[] {PageWork.class}, (work, method, arguments) -> {
                if (method.getReturnType() == boolean.class) {
                    return false;
                }
                throw new IOException("full");
            });

    /** The page shows how a run ended while the backup is read again; "Back to the photos" must work then. */
    @Test
    void anEndedRunIsForgottenWhileItsBackupIsReadAgain() throws Exception {
        var saving = new AtomicReference<SavingRun>();
        var shown = new AtomicReference<Optional<Map<String, Object>>>();
        saving.set(new SavingRun(() -> {}, FULL, () -> {}, (copy, files) -> {}, folder -> {
            shown.set(saving.get().fields());
            saving.get().forget();
        }));
        saving.get().start(Path.of("backup"), PHOTOS);
        saving.get().await();
        assertTrue(shown.get().isPresent());
        assertEquals(Optional.empty(), saving.get().fields());
    }
}
