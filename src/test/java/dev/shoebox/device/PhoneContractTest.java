package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSourceContract;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A phone, over the installed libimobiledevice. */
@Tag(TransportUnderTest.TAG)
class PhoneContractTest extends MediaSourceContract {
    private Plugged plugged;

    @Override
    protected SourceId.Kind kind() {
        return SourceId.Kind.PHONE;
    }

    @Override
    protected MediaSource open(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
        plugged = Plugged.in(folder);
        return plugged.photos();
    }

    @AfterEach
    void unplug() throws IOException {
        plugged.close();
    }
}
