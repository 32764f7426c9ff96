package dev.bartizan.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Finishes copies of picocli's own jar, whose classes are of Java 5.
class FinishJarTest {
    private static final int JAVA_5 = 49;
    private static final int JAVA_8 = 52;
    private static final String BUILD_START = "2026-11-24T08:09:10.123Z";

    @TempDir static Path folder;
    private static Path old = Path.of("");
    private static Path finished = Path.of("");

    @BeforeAll
    static void finishAnOldJar() throws IOException, InterruptedException, URISyntaxException {
        old =
                Path.of(
                        CommandLine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        finished = Files.copy(old, folder.resolve("a jar.jar"));
        finish(finished);
    }

    @Test
    void oldClassesAreRaisedAndStillPassTheVerifier() throws Exception {
        assertThat(majorVersions(old)).contains(JAVA_5);
        assertThat(majorVersions(finished)).doesNotContain(JAVA_5).contains(JAVA_8);

        List<String> classes = classNames(finished);
        assertThat(classes).hasSizeGreaterThan(200);
        URL[] path = {finished.toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            for (String name : classes) {
                // Initialising links the class, and linking verifies it.
                assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
            }
        }
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        Path again = Files.copy(finished, folder.resolve("again.jar"));

        assertThat(finish(again)).contains("raised 0 old class files");
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(finished));
    }

    @Test
    void theSameJarGivesTheSameBytesAgain() throws Exception {
        Path twin = Files.copy(old, folder.resolve("twin.jar"));
        Files.setLastModifiedTime(twin, FileTime.from(Instant.EPOCH));

        finish(twin);

        assertThat(Files.readAllBytes(twin)).isEqualTo(Files.readAllBytes(finished));
    }

    @Test
    void resourcesStayAsTheyWere() throws Exception {
        assertThat(resources(old)).isNotEmpty().isEqualTo(resources(finished));
    }

    @Test
    void theJarThatStartsScansHoldsTheirTablesAndNoClass() throws Exception {
        String table = "dev/bartizan/artifacts/pickle/table.txt";
        Path jar = folder.resolve("tables.jar");
        try (java.util.jar.JarOutputStream out =
                new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of(table, "dev/bartizan/reports/page.html")) {
                out.putNextEntry(new JarEntry(name));
                out.write("os system\n".getBytes(StandardCharsets.UTF_8));
            }
        }

        finish(jar);

        try (JarFile start = new JarFile(folder.resolve("tables-start.jar").toFile())) {
            assertThat(start.stream().map(JarEntry::getName))
                    .containsExactly(JarFile.MANIFEST_NAME, table);
            assertThat(start.getInputStream(start.getEntry(table)))
                    .hasBinaryContent("os system\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void stampHoldsTheDigestAndTheStartOfTheBuild() throws Exception {
        Path stamp = folder.resolve("a jar.jar.sha256");

        assertThat(stamp).content().isEqualTo(sha256(Files.readAllBytes(finished)) + "\n");
        assertThat(Files.getLastModifiedTime(stamp).toInstant())
                .isEqualTo(Instant.parse(BUILD_START));
    }

    /// Everything a pattern switch over types can meet: guards that ask on, null, a type within
    /// another, an array; and one over constants, which stays as it is.
    static String told(Object what) {
        return switch (what) {
            case null -> "nothing";
            case Integer number when number > 10 -> "a large number";
            case Number number when number.intValue() < 0 -> "less than nothing";
            case Integer _ -> "a number";
            case CharSequence text -> "a text: " + constant(text.toString());
            case int[] _ -> "numbers";
            default -> "something";
        };
    }

    private static String constant(String what) {
        return switch (what) {
            case "one" -> "1";
            case String text when text.length() > 20 -> "too many";
            case String _ -> "many";
        };
    }

    @Test
    void switchesOverTypesArePlainAndAnswerTheSame() throws Exception {
        String name = FinishJarTest.class.getName();
        String entry = name.replace('.', '/') + ".class";
        Path jar = folder.resolve("switches.jar");
        byte[] before;
        try (InputStream in = FinishJarTest.class.getResourceAsStream("FinishJarTest.class");
                java.util.jar.JarOutputStream out =
                        new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
            before = in.readAllBytes();
            out.putNextEntry(new JarEntry(entry));
            out.write(before);
        }
        assertThat(finish(jar)).contains("turned the switches of 1");
        assertThat(switches(before)).isEqualTo(2);
        byte[] after;
        try (JarFile open = new JarFile(jar.toFile())) {
            after = open.getInputStream(open.getEntry(entry)).readAllBytes();
        }
        assertThat(switches(after)).as("the one over constants").isEqualTo(1);

        List<Object> all =
                List.of(3, 30, -3, -3.5, 2.5, "one", "two", java.nio.CharBuffer.wrap("one"));
        Class<?> turned = define(name, after);
        java.lang.reflect.Method told = turned.getDeclaredMethod("told", Object.class);
        told.setAccessible(true);
        for (Object what : all) {
            assertThat(told.invoke(null, what)).as("%s", what).isEqualTo(told(what));
        }
        assertThat(told.invoke(null, (Object) new int[1])).isEqualTo("numbers");
        assertThat(told.invoke(null, (Object) null)).isEqualTo("nothing");
        assertThat(told.invoke(null, new Object())).isEqualTo("something");
    }

    private static long switches(byte[] bytes) {
        return java.lang.classfile.ClassFile.of().parse(bytes).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(element ->
                        element
                                        instanceof
                                        java.lang.classfile.instruction.InvokeDynamicInstruction
                                                call
                                && call.name().equalsString("typeSwitch"))
                .count();
    }

    private static Class<?> define(String name, byte[] bytes) throws ClassNotFoundException {
        return new ClassLoader(FinishJarTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String wanted, boolean resolve)
                    throws ClassNotFoundException {
                return wanted.equals(name)
                        ? defineClass(name, bytes, 0, bytes.length)
                        : super.loadClass(wanted, resolve);
            }
        }.loadClass(name);
    }

    private static String finish(Path which) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                Checkout.repositoryRoot()
                                        .resolve("launcher/FinishJar.java")
                                        .toString(),
                                which.toString(),
                                "2026-11-01T00:00:00Z",
                                BUILD_START)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<Integer> majorVersions(Path jar) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .map(entry -> (int) bytes(open, entry)[7])
                    .toList();
        }
    }

    private static List<String> classNames(Path jar) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.contains("module-info"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }

    private static Map<String, String> resources(Path jar) throws IOException {
        Map<String, String> resources = new TreeMap<>();
        try (JarFile open = new JarFile(jar.toFile())) {
            open.stream()
                    .filter(entry -> !entry.getName().endsWith(".class"))
                    .forEach(entry -> resources.put(entry.getName(), sha256(bytes(open, entry))));
        }
        return resources;
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
