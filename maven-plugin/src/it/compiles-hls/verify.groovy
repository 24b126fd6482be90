def folder = new File(basedir, 'target/generated-sources/bitwright')
assert new File(folder, 'Makefile').isFile()
assert new File(folder, '.bitwright-files').readLines().every { new File(folder, it).isFile() }
