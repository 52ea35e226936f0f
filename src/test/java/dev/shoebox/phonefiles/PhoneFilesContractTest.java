package dev.shoebox.phonefiles;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.device.Plugged;
import dev.shoebox.device.WaitForPerson;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSourceContract;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.simulator.apps.SimulatedApp;
import dev.shoebox.simulator.library.Libraries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The documents of an app, over the installed libimobiledevice. */
@Tag(TransportUnderTest.TAG)
class PhoneFilesContractTest extends MediaSourceContract {
    private Plugged plugged;

    @Override
    protected SourceId.Kind kind() {
        return SourceId.Kind.PHONE_FILES;
    }

    @Override
    protected boolean keepsOrder() {
        return false;
    }

    @Override
    protected String place() {
        return "Apps/org.example.Sketches/";
    }

    @Override
    protected MediaSource open(Map<String, byte[]> files) throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path place = documents.resolve(file.getKey().substring(place().length()));
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
        plugged = Plugged.in(Files.createDirectories(folder.resolve("media")));
        plugged.phone
                .apps()
                .install(SimulatedApp.sharing("org.example.Sketches", "Sketches", Libraries.folder(documents)));
        return PhoneFiles.open(plugged.only(), FileChoice.EVERYTHING, WaitForPerson.NONE);
    }

    @AfterEach
    void unplug() throws IOException {
        plugged.close();
    }
}
