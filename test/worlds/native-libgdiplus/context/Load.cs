using System;
using System.Runtime.InteropServices;

// Loads libraries the way a DllImport would.
foreach (var name in args)
{
    NativeLibrary.Load(name, typeof(Program).Assembly, null);
    Console.WriteLine("loaded " + name);
}
