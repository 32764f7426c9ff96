package dev.bartizan.artifacts.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
    @TempDir Path world;
    private Path folder;

    @BeforeEach
    void name() {
        folder = world.resolve("results");
    }

    private ResultStore open() {
        return ResultStore.open(folder, "context").orElseThrow();
    }

    private static StoreKey key(long number) {
        return new StoreKey(number * 7_919 % 1_000 - 500, -number, 3, 4);
    }

    private void keep(int from, int to) {
        ResultStore store = open();
        for (int i = from; i < to; i++) {
            store.keep(key(i), ("value " + i).getBytes(StandardCharsets.UTF_8));
        }
        store.save();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void whatRunsKeptIsFoundAndSmallFilesArePutTogether() throws IOException {
        for (int run = 0; run < 20; run++) {
            keep(run * 10, run * 10 + 10);
        }

        ResultStore store = open();
        for (int i = 0; i < 200; i++) {
            assertThat(store.find(key(i)))
                    .contains(("value " + i).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(store.find(key(200))).isEmpty();
        assertThat(files()).hasSizeLessThan(10);
    }

    @Test
    void runsAtTheSameTimeLoseNothing() {
        ResultStore one = open();
        ResultStore other = open();
        one.keep(key(1), new byte[] {1});
        other.keep(key(2), new byte[] {2});
        one.save();
        other.save();

        assertThat(open().find(key(1))).contains(new byte[] {1});
        assertThat(open().find(key(2))).contains(new byte[] {2});
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        keep(0, 1);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFolderThatOthersMayWriteToIsNotUsed() throws IOException {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(ResultStore.open(folder, "context")).isEmpty();
    }

    @Test
    void aLinkInThePlaceOfTheFolderOrAFileIsNotFollowed() throws IOException {
        keep(0, 1);
        Path real = Files.move(folder, world.resolve("real"));
        Files.createSymbolicLink(folder, real);
        assertThat(ResultStore.open(folder, "context")).isEmpty();

        Files.delete(folder);
        Files.createDirectory(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> files = Files.list(real)) {
            Path file = files.findFirst().orElseThrow();
            Files.createSymbolicLink(folder.resolve(file.getFileName()), file);
        }
        assertThat(open().find(key(0))).isEmpty();
    }

    @Test
    void theFolderStaysSmallAndTheOldestGo() throws IOException {
        keep(0, 1);
        for (int i = 0; i < 80; i++) {
            Path file = folder.resolve("other-" + i + ".results");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(1 << 20);
            }
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.now().minus(Duration.ofDays(100 - i))));
        }
        keep(1, 2);

        long total = 0;
        for (Path file : files()) {
            total += Files.size(file);
        }
        assertThat(total).isLessThanOrEqualTo(64 << 20);
        assertThat(folder.resolve("other-0.results")).doesNotExist();
        assertThat(folder.resolve("other-79.results")).exists();
        assertThat(open().find(key(1))).isPresent();
    }
}
