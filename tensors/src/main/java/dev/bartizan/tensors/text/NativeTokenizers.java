package dev.bartizan.tensors.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The native library of the Hugging Face tokenizers as Deep Java Library ships it, loaded from the
/// jar and from nowhere else.
///
/// The library's own Java front is not used: it keeps a folder in the user's home, looks for a GPU,
/// fetches another build of the library from the network when it finds one, and its engine
/// interface collects telemetry. The functions below it do none of that.
final class NativeTokenizers {
    private static final String NAME = "tokenizers";

    private NativeTokenizers() {}

    /// Loads once, when first asked.
    private static final class Loaded {
        /// Why there is no library; empty when it is loaded.
        static final String PROBLEM = load();

        @SuppressWarnings("restricted") // the tokenizers are native code; the jar enables it
        private static String load() {
            String name = System.mapLibraryName(NAME);
            String resource = "/native/lib/" + platform() + "/cpu/" + name;
            try (InputStream in = TokenizersLibrary.class.getResourceAsStream(resource)) {
                if (in == null) {
                    return "there is none for " + platform();
                }
                Path folder = Files.createTempDirectory("bartizan-tokenizers-");
                Path file = folder.resolve(name);
                try {
                    Files.copy(in, file);
                    System.load(file.toString());
                } finally {
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(folder);
                }
                return "";
            } catch (IOException | UnsatisfiedLinkError e) {
                return String.valueOf(e.getMessage());
            }
        }

        private static String platform() {
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            String machine = System.getProperty("os.arch", "");
            return (system.startsWith("mac")
                            ? "osx"
                            : system.startsWith("linux") ? "linux" : "none")
                    + "-"
                    + (machine.equals("amd64") ? "x86_64" : machine);
        }
    }

    /// The functions.
    ///
    /// @throws UserError when the platform has none
    static TokenizersLibrary functions() {
        if (!Loaded.PROBLEM.isEmpty()) {
            throw new UserError(
                    "The tokenizer library does not load: " + Loaded.PROBLEM,
                    System.getProperty("java.io.tmpdir", ""),
                    "Run it on Linux or macOS, with a folder for temporary files that has room and"
                            + " may hold libraries.");
        }
        return TokenizersLibrary.LIB;
    }
}
