package dev.bartizan.targets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A server that answers every connection in one bad way, over bare sockets.
public final class HostileServer implements AutoCloseable {
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();

    /// What it does with a connection whose request has been read.
    public interface Manner {
        void answer(OutputStream out, HostileServer server)
                throws IOException, InterruptedException;
    }

    private HostileServer(Manner manner) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var _ =
                threads.submit(() -> {
                    while (!socket.isClosed()) {
                        Socket connection = socket.accept();
                        var _ = threads.submit(() -> serve(connection, manner));
                    }
                    return null;
                });
    }

    public static HostileServer that(Manner manner) throws IOException {
        return new HostileServer(manner);
    }

    /// Sends this text and closes.
    public static Manner says(String text) {
        return (out, _) -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends a well-formed answer.
    public static Manner answers(int status, String headers, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return says(
                "HTTP/1.1 "
                        + status
                        + " X\r\nConnection: close\r\nContent-Length: "
                        + length
                        + "\r\n"
                        + headers
                        + "\r\n"
                        + body);
    }

    /// Never answers.
    public static Manner hangs() {
        return (_, server) -> server.closed.await();
    }

    /// Sends a body of up to so many bytes, as long as someone reads.
    public static Manner floods(long bytes) {
        return (out, server) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] block = "a".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            for (long done = 0; done < bytes; done += block.length) {
                out.write(block);
                server.sent.addAndGet(block.length);
            }
        };
    }

    /// Sends the head of an answer, one byte of its body, and then nothing more.
    public static Manner drips() {
        return (out, server) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            server.closed.await();
        };
    }

    private Void serve(Socket connection, Manner manner) throws IOException, InterruptedException {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.ISO_8859_1));
            requests.add(request(in));
            manner.answer(connection.getOutputStream(), this);
            connection.getOutputStream().flush();
            connection.shutdownOutput();
        }
        return null;
    }

    private static String request(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            text.append(line).append('\n');
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            text.append((char) in.read());
        }
        return text.toString();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1/chat/completions");
    }

    /// Requests so far, head and body.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /// Bytes of a flood that were written.
    public long sent() {
        return sent.get();
    }

    /// Returns once nothing listens any more: a socket with a thread in `accept` takes connections
    /// until that thread has left it.
    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        threads.shutdownNow();
        threads.close();
    }
}
