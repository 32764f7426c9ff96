package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs beside a description that has them imported when the model is loaded.
class LoadedCodeTest {
    private static final String UNKNOWN =
            "import subprocess\nsubprocess.run(['./prepare', '-x'])\n";

    @TempDir Path folder;

    @BeforeEach
    void describe() throws IOException {
        write(
                "config.json",
                "{\"model_type\":\"net\",\"auto_map\":{\"AutoModel\":\"modeling_net.Net\",\"AutoTokenizer\":[\"tok_net.Tok\",null]}}");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private FileReport report(String name) throws IOException {
        return new Scanner()
                .scan(folder).files().stream()
                        .filter(file -> file.path().endsWith("/" + name))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void anUnknownCommandOfAModuleThatIsLoadedIsMalicious() throws IOException {
        write("modeling_net.py", UNKNOWN);
        write("prepare.py", UNKNOWN);

        assertThat(report("modeling_net.py").verdict()).isEqualTo(Verdict.MALICIOUS);
        assertThat(report("modeling_net.py").findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("config.json"));
        assertThat(report("prepare.py").verdict()).isEqualTo(Verdict.SUSPICIOUS);
    }

    @Test
    void whatSuchAModuleImportsFromBesideItselfIsLoadedToo() throws IOException {
        write("tok_net.py", "from .parts import Part\nclass Tok: pass\n");
        write("parts.py", "from . import deeper\nfrom .tok_net import Tok\n");
        write("deeper.py", UNKNOWN);

        assertThat(report("deeper.py").verdict()).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void harmlessCommandsAndLoadedDataStayWhatTheyAre() throws IOException {
        write(
                "modeling_net.py",
                "import subprocess\nREV = subprocess.check_output(['git', 'rev-parse', 'HEAD'])\n");
        write("tok_net.py", "import pickle\nWORDS = pickle.load(open('words.pkl', 'rb'))\n");

        assertThat(report("modeling_net.py").verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(report("tok_net.py").verdict()).isEqualTo(Verdict.SUSPICIOUS);
    }

    @Test
    void pipelinesAreLoadedByTheirDescription() throws IOException {
        write(
                "config.json",
                "{\"custom_pipelines\":{\"pair\":{\"impl\":\"pair.PairPipeline\",\"pt\":[\"AutoModel\"]}}}");
        write("pair.py", UNKNOWN);

        assertThat(report("pair.py").verdict()).isEqualTo(Verdict.MALICIOUS);
    }
}
