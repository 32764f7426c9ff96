package dev.bartizan.cli;

import dev.bartizan.core.AiSystem;
import dev.bartizan.threats.systemfile.SystemFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads system files with the keys that the modules contribute.
final class SystemFileReader {
    private SystemFileReader() {}

    static AiSystem read(Path file, Wiring wiring) {
        return SystemFiles.read(file, wiring.fragments());
    }

    static List<AiSystem> readAll(List<Path> files, Wiring wiring) {
        List<AiSystem> systems = new ArrayList<>();
        files.forEach(file -> systems.add(read(file, wiring)));
        return systems;
    }
}
