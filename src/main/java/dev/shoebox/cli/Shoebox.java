package dev.shoebox.cli;

/** The {@code shoebox} command. */
public final class Shoebox {
    private Shoebox() {}

    public static void main(String[] arguments) {
        System.out.println("shoebox");
    }
}
