package vn.sotay.bench.bare;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty with one handler that sends recorded answers. Arguments: port and a folder with a folder {@code <name>} for each answer, which
 * holds {@code status}, {@code headers} (name: value a line) and {@code body}. {@code /<name>} is answered by it, and by {@code 304} in
 * its place if the request has the recorded ETag.
 */
public final class BareJetty {

    private record Answer(int status, HttpFields headers, byte[] body) {

        static Answer read(Path folder) throws Exception {
            HttpFields.Mutable headers = HttpFields.build();
            for (String line : Files.readAllLines(folder.resolve("headers"))) {
                int colon = line.indexOf(':');
                headers.add(new HttpField(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
            return new Answer(
                    Integer.parseInt(Files.readString(folder.resolve("status")).strip()),
                    headers.asImmutable(),
                    Files.readAllBytes(folder.resolve("body")));
        }
    }

    private BareJetty() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Answer> answers = new TreeMap<>();
        try (var folders = Files.list(Path.of(arguments[1]))) {
            for (Path folder : folders.toList()) {
                answers.put("/" + folder.getFileName(), Answer.read(folder));
            }
        }
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Answer answer = answers.get(request.getHttpURI().getPath());
                if (answer == null) {
                    return false;
                }
                String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
                Answer sent = known != null && known.equals(answer.headers().get(HttpHeader.ETAG))
                        ? answers.getOrDefault("/304", answer)
                        : answer;
                response.setStatus(sent.status());
                response.getHeaders().add(sent.headers());
                if (sent.status() == 200) {
                    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.body().length);
                }
                response.write(true, ByteBuffer.wrap(sent.body()), callback);
                return true;
            }
        });
        server.setStopAtShutdown(true);
        server.start();
        server.join();
    }
}
