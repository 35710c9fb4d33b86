FROM debian:trixie-slim
RUN mkdir -p /usr/share/man/man1 && apt-get update && apt-get install -y --no-install-recommends openjdk-21-jdk-headless openssl ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out /ca.pem -days 3650 \
      -subj "/CN=Corp Root" -addext basicConstraints=critical,CA:TRUE \
 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.pem -days 3650 \
      -CA /ca.pem -CAkey ca.key -subj /CN=localhost -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE \
 && openssl pkcs12 -export -in server.pem -inkey server.key -passout pass:secret -out server.p12 && chmod 0644 server.p12
COPY <<'END' Check.java
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

public class Check {
  public static void main(String[] words) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new FileInputStream("/app/server.p12"), "secret".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 8443), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 5);
      exchange.getResponseBody().write("hello".getBytes());
      exchange.close();
    });
    server.start();
    HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:8443")).build();
    try {
      System.out.println("java: " + HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (Exception error) {
      System.out.println("java refuses: " + error);
    }
    System.exit(0);
  }
}
END
RUN javac Check.java
ENV JAVA_HOME=/usr/lib/jvm/java-21 JAVA_TOOL_OPTIONS=-Dfile.encoding=UTF-8
USER 65532
