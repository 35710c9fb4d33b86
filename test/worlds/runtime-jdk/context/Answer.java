import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

public class Answer {
  public static void main(String[] words) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest("42".getBytes(StandardCharsets.UTF_8));
    System.out.println("Java " + Runtime.version().feature() + " says " + HexFormat.of().formatHex(digest, 0, 4) + " in " + System.getenv("JAVA_HOME"));
  }
}
