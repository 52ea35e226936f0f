# Homebrew: Formula/shoebox.rb of a tap.
class Shoebox < Formula
  desc "Back up an iPhone's photos over USB to a disk you own, and prove the copy"
  homepage "@HOME@"
  url "@URL@/shoebox-@VERSION@.zip"
  sha256 "@SHA256_ZIP@"
  license "Apache-2.0"

  depends_on "openjdk"

  def install
    libexec.install "bin", "lib"
    rm libexec.glob("bin/*.{exe,cmd}")
    bin.install_symlink libexec/"bin/shoebox"
    man1.install Dir["share/man/man1/*.1"]
    bash_completion.install "share/bash-completion/completions/shoebox"
    zsh_completion.install "share/zsh/site-functions/_shoebox"
    doc.install Dir["share/doc/shoebox/*"]
  end

  def caveats
    <<~EOS
      The iPhone is reached without another library. With "brew install libimobiledevice" Shoebox uses that instead.
    EOS
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/shoebox --version")
  end
end
