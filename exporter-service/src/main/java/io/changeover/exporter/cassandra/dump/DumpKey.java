package io.changeover.exporter.cassandra.dump;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import io.changeover.inventory.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// The key of a dump, and what it does: AES-256-GCM over segments of 1 MB with a key of each file's
/// own (Tink's AES-GCM-HKDF streaming AEAD). What was cut, changed or put under another name does
/// not decrypt.
public final class DumpKey {

  private static final int BYTES = 32;
  private static final int SEGMENT = 1 << 20;
  private static final String MAC = "HmacSha256";

  private final AesGcmHkdfStreaming aead;

  private DumpKey(AesGcmHkdfStreaming aead) {
    this.aead = aead;
  }

  /// The key that the inventory refers to.
  ///
  /// @throws BrokenDumpException when it is not 32 bytes in base64
  /// @throws io.changeover.inventory.UnresolvedSecretException when the reference leads nowhere
  public static DumpKey of(Secret secret) {
    byte[] bytes = decoded(secret.resolve().strip());
    try {
      return new DumpKey(new AesGcmHkdfStreaming(bytes, MAC, BYTES, SEGMENT, 0));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected AES-GCM from the JDK, but " + e.getMessage(), e);
    }
  }

  private static byte[] decoded(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw BrokenDumpException.of(
          "The key of the dump is not 32 bytes in base64",
          "`copy: key` as `openssl rand -base64 32` makes it",
          "make one, keep it where both exporter-services read it, then retry the phase");
    }
    return bytes;
  }

  /// Encrypts what is written to it.
  ///
  /// @param about what the text is: it decrypts under the same words only
  OutputStream encrypting(OutputStream out, String about) throws IOException {
    try {
      return aead.newEncryptingStream(out, about.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IOException("The dump could not be encrypted: " + e.getMessage(), e);
    }
  }

  /// Decrypts; reading throws an [IOException] where the text is not what was written.
  InputStream decrypting(InputStream in, String about) throws IOException {
    try {
      return aead.newDecryptingStream(in, about.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IOException("The dump could not be decrypted: " + e.getMessage(), e);
    }
  }
}
