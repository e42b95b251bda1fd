import sys
from pathlib import Path
from explorer import dataset, files
def main():
    from explorer.ui.app import ExplorerApp
    a=sys.argv[1:]
    e=ExplorerApp(Path(a[0]) if a else dataset.shipped(), files.data_folder()/"notes").run()
    if e: print(e)
    return 0
