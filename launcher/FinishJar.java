import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Finishes the shaded jar at packaging: `java launcher/FinishJar.java JAR ENTRY-TIME BUILD-START`.
///
/// 1. Raises class files older than Java 6 (no stack maps, so the AOT cache skips them; picocli is such
///    a library) to Java 8 with generated stack maps. Done twice, it changes nothing more.
/// 2. Turns pattern switches over types into plain methods ([PlainSwitches]), for the same reason.
/// 3. Writes `JAR-start.jar`, which holds where the program is, that it may load native code, and the tables that a scan
///    reads: started by its name the JVM asks nobody, and the directory of the large jar is not read.
/// 4. Writes `JAR.sha256` beside the jar: the launcher reads it instead of hashing the jar at each start.
///    The file's time is the start of the build, so that a source changed during the build counts as newer.
final class FinishJar {
    /// The first version whose classes carry stack maps.
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

    private static final int RAISED = ClassFile.JAVA_8_VERSION;

    private static final String SCANNER = "dev/bartizan/artifacts/";

    private FinishJar() {}

    static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: java FinishJar.java JAR ENTRY-TIME BUILD-START");
            System.exit(2);
        }
        Path jar = Path.of(args[0]);
        Map<String, Integer> changed = finishClasses(jar, FileTime.from(Instant.parse(args[1])));
        writeStart(jar);
        Path stamp = jar.resolveSibling(jar.getFileName() + ".sha256");
        writeStamp(jar, stamp, FileTime.from(Instant.parse(args[2])));
        System.out.println("[INFO] " + jar.getFileName() + ": raised " + changed.get("raised") + " old class files, turned the"
                + " switches of " + changed.get("turned") + ", wrote " + stamp);
    }

    /// How many class files were changed. The jar is replaced in one step; entries that stay are copied as they are.
    private static Map<String, Integer> finishClasses(Path jar, FileTime entryTime) throws IOException {
        Path work = jar.resolveSibling(jar.getFileName() + ".work");
        Files.copy(jar, work, StandardCopyOption.REPLACE_EXISTING);
        int raised = 0;
        int turned = 0;
        try (FileSystem zip = FileSystems.newFileSystem(work, Map.of())) {
            Path root = zip.getPath("/");
            ClassFile classFile = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(hierarchy(root)));
            PlainSwitches switches = new PlainSwitches(classFile);
            for (Path entry : classes(root)) {
                int version = majorVersion(entry);
                if (version < FIRST_WITH_STACK_MAPS) {
                    write(entry, raise(classFile, Files.readAllBytes(entry)), entryTime);
                    raised++;
                } else if (version >= PlainSwitches.FIRST_VERSION) {
                    byte[] old = Files.readAllBytes(entry);
                    byte[] plain = switches.turn(old);
                    if (plain != old) {
                        write(entry, plain, entryTime);
                        turned++;
                    }
                }
            }
        }
        if (raised + turned > 0) {
            Files.move(work, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(work);
        return Map.of("raised", raised, "turned", turned);
    }

    private static void write(Path entry, byte[] bytes, FileTime entryTime) throws IOException {
        Files.write(entry, bytes);
        Files.setLastModifiedTime(entry, entryTime);
    }

    private static List<Path> classes(Path root) throws IOException {
        try (Stream<Path> entries = Files.walk(root)) {
            return entries.filter(path -> path.toString().endsWith(".class")).sorted().toList();
        }
    }

    /// Bytes 6 and 7 of a class file (The Java Virtual Machine Specification, section 4.1).
    private static int majorVersion(Path entry) throws IOException {
        try (InputStream in = Files.newInputStream(entry)) {
            byte[] head = in.readNBytes(8);
            return (head[6] & 0xff) << 8 | head[7] & 0xff;
        }
    }

    private static byte[] raise(ClassFile classFile, byte[] old) {
        ClassModel model = classFile.parse(old);
        // Rebuilding the methods' code is what makes the library generate stack maps for it.
        ClassTransform rebuildCode = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
        ClassTransform raiseVersion = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(RAISED, 0);
            } else {
                builder.with(element);
            }
        };
        return classFile.transformClass(model, raiseVersion.andThen(rebuildCode));
    }

    /// Superclasses come from the jar itself, then from the JDK: no class is loaded from the jar.
    private static ClassHierarchyResolver hierarchy(Path root) {
        return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> open(root, type))
                .orElse(ClassHierarchyResolver.ofResourceParsing(ClassLoader.getPlatformClassLoader()));
    }

    private static InputStream open(Path root, ClassDesc type) {
        String descriptor = type.descriptorString();
        Path entry = root.resolve(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return Files.exists(entry) ? Files.newInputStream(entry) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeStart(Path jar) throws IOException {
        Path start = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", "-start.jar"));
        Path work = start.resolveSibling(start.getFileName() + ".work");
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "dev.bartizan.cli.Bartizan");
        main.put(Attributes.Name.CLASS_PATH, jar.getFileName().toString());
        main.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        try (OutputStream out = Files.newOutputStream(work); ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
            entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
            zip.putNextEntry(entry);
            manifest.write(zip);
            zip.closeEntry();
            copyTables(jar, zip);
        }
        Files.move(work, start, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copyTables(Path jar, ZipOutputStream into) throws IOException {
        try (JarFile from = new JarFile(jar.toFile())) {
            for (JarEntry table : Collections.list(from.entries())) {
                String name = table.getName();
                if (name.startsWith(SCANNER) && !name.endsWith("/") && !name.endsWith(".class")) {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
                    into.putNextEntry(entry);
                    try (InputStream in = from.getInputStream(table)) {
                        in.transferTo(into);
                    }
                    into.closeEntry();
                }
            }
        }
    }

    private static void writeStamp(Path jar, Path stamp, FileTime buildStart) throws IOException {
        Path work = stamp.resolveSibling(stamp.getFileName() + ".work");
        Files.writeString(work, sha256(jar) + "\n");
        Files.setLastModifiedTime(work, buildStart);
        Files.move(work, stamp, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
