// Command lines whose outputs are recorded from the real tools, and the files that they read.

export const FILES = {
  'pods.txt': `NAME                   READY   STATUS    RESTARTS   AGE
client                 1/1     Running   0          5m
web-5d8f9c7b6d-2xk4p   1/1     Running   2          4m
web-5d8f9c7b6d-9lqzt   0/1     Pending   10         4m
db-0                   1/1     Running   1          12s
`,
  'routes.txt': `default via 192.168.10.1 dev eth0 
10.244.0.0/24 via 192.168.10.10 dev eth0 
10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1 
10.244.2.0/24 via 192.168.10.12 dev eth0 
192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.11 
`,
  'rules.txt': `*nat
:PREROUTING ACCEPT [0:0]
-A KUBE-SERVICES -d 10.96.40.10/32 -p tcp -m comment --comment "default/web cluster IP" -j KUBE-SVC-AAAA
-A KUBE-SVC-AAAA -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-BBBB
-A KUBE-SVC-AAAA -j KUBE-SEP-CCCC
COMMIT
`,
  'passwd.txt': 'root:x:0:0\nweb:x:1000:100\nnobody:x:65534:65534\nno separator\n',
  'words.txt': 'pear\napple\nApple\npear\n\nfig 10\nfig 9\nfig 9',
  'empty.txt': '',
};

export const LINES = `
cat words.txt
cat -n words.txt
cat missing.txt words.txt
cat empty.txt
echo
echo a   b 'c   d'
echo -n a
echo -e 'a\\tb\\nc'
echo -x
echo "say \\"hi\\"" \\; it\\'s
printf '%s\\n' a b c
printf '%s-%d|' x 1 y 2
printf '%5s|%-5s|%03d\\n' ab cd 7
printf 'plain'
printf '%d\\n' x
grep Running pods.txt
grep -v Running pods.txt
grep -c Running pods.txt
grep -n web pods.txt
grep -i WEB pods.txt
grep -w 1 pods.txt
grep -x fig words.txt
grep -x pear words.txt
grep -o '10[.][0-9.]*' routes.txt
grep -on 'cni0\\|eth0' routes.txt
grep -E '^(10|192)' routes.txt
grep -E 'a{2,}|A{4}' rules.txt
grep 'A\\{4\\}' rules.txt
grep 'a+' words.txt
grep 'p\\+' words.txt
grep -E 'p+' words.txt
grep -F '[0:0]' rules.txt
grep '[0:0]' passwd.txt
grep '*nat' rules.txt
grep '^*nat' rules.txt
grep -- '-j KUBE' rules.txt
grep -e '-j' -e COMMIT rules.txt
grep -A1 KUBE-SVC rules.txt
grep -B1 COMMIT rules.txt
grep -C1 -n PREROUTING rules.txt
grep -A1 -n '^10.244.[02]' routes.txt
grep -A0 -B0 pear words.txt
grep -B1 -n pear words.txt
grep -m1 web pods.txt
grep nothing pods.txt
grep web pods.txt routes.txt
grep -h web pods.txt rules.txt
grep -l web pods.txt routes.txt rules.txt
grep -c web pods.txt routes.txt
grep -q web pods.txt
grep web missing.txt
grep -s web missing.txt
grep web missing.txt pods.txt
grep '' words.txt
grep '^$' words.txt
grep '[' words.txt
grep 'a\\{2' words.txt
grep -E '(a' words.txt
grep -E 'a)' words.txt
grep '\\(a' words.txt
grep '[z-a]' words.txt
grep -A x web pods.txt
grep -j web pods.txt
grep -1 -n COMMIT rules.txt
grep '[a' words.txt
grep '\\)' words.txt
grep '[[:upper:]]' words.txt
grep '\\<fig\\>' words.txt
grep 'web\\b' pods.txt
grep '\\(p\\)\\1' words.txt
grep 'a.*e$' words.txt
grep -E '^.{4}$' words.txt
grep '$' passwd.txt
grep 'x$y' words.txt
grep -E 'web|db' pods.txt
grep -E '"default/web' rules.txt
grep -io apple words.txt
grep -vc web pods.txt
head -2 pods.txt
head -n 2 pods.txt
head -n2 pods.txt
head -n -3 pods.txt
head -c 6 pods.txt
head words.txt
head -n 1 words.txt empty.txt pods.txt
head -n 0 words.txt
head -n x words.txt
head missing.txt
tail -2 pods.txt
tail -n 1 words.txt
tail -n +4 pods.txt
tail -c 5 words.txt
tail -n 0 words.txt
tail -q -n 1 pods.txt routes.txt
wc pods.txt
wc -l pods.txt
wc -l pods.txt routes.txt
wc -w pods.txt
wc -c words.txt empty.txt
wc words.txt rules.txt
cat pods.txt | wc
cat pods.txt | wc -l
cat words.txt | wc -lw
wc missing.txt
sort words.txt
sort -r words.txt
sort -u words.txt
sort -f words.txt
sort -k2 words.txt
sort -k2n words.txt
sort -k 2,2n words.txt
sort -n words.txt
sort -nr -k4 pods.txt
sort -k4,4n pods.txt
sort -t: -k3,3n passwd.txt
sort -t : -k 3 passwd.txt
sort -V words.txt
sort -k x words.txt
sort words.txt | uniq -c
sort words.txt | uniq -d
sort words.txt | uniq -u
uniq words.txt
uniq -c words.txt
uniq -i words.txt
cut -d: -f1 passwd.txt
cut -d: -f1,3 passwd.txt
cut -d: -f2- passwd.txt
cut -d: -f-2 passwd.txt
cut -d: -s -f1 passwd.txt
cut -d ' ' -f 3 routes.txt
cut -c1-6 pods.txt
cut -c 3 words.txt
cut passwd.txt
cut -f0 passwd.txt
cut -d:: -f1 passwd.txt
cut -f x passwd.txt
cat words.txt | tr a-z A-Z
cat words.txt | tr '[:lower:]' '[:upper:]'
cat pods.txt | tr -s ' '
cat pods.txt | tr -s ' ' ,
cat words.txt | tr -d '\\n'
cat words.txt | tr -d 0-9
cat words.txt | tr -cd 'a-z\\n'
cat words.txt | tr ' ' '\\n'
cat words.txt | tr abc x
tr
tr a
tr a b c
awk '{print $1}' pods.txt
awk '{print $1, $3}' pods.txt
awk '{ print $1 ":" $3 }' pods.txt
awk '{print $NF}' pods.txt
awk 'NR>1 {print $1}' pods.txt
awk 'NR==2' pods.txt
awk '/Running/ {print $1}' pods.txt
awk '!/Running/' pods.txt
awk '$4 > 1 {print $1, $4}' pods.txt
awk '$3 == "Pending" {print $1}' pods.txt
awk '$1 ~ /^web/ {print NR, NF}' pods.txt
awk -F: '{print $1}' passwd.txt
awk -F : '$3 >= 1000 {print $1}' passwd.txt
awk '{print}' words.txt
awk '{print $9}' words.txt
sed 's/web/app/' pods.txt
sed 's/p/P/g' words.txt
sed -n 2p pods.txt
sed -n '2,3p' pods.txt
sed -n '$p' pods.txt
sed 1d pods.txt
sed '/^$/d' words.txt
sed -n '/web/p' pods.txt
sed 's|10.244|POD|' routes.txt
sed -E 's/([a-z]+) ([0-9]+)/\\2 \\1/' words.txt
sed 's/\\(.*\\) \\(.*\\)/\\2 \\1/' words.txt
sed 's/fig/<&>/' words.txt
sed -n 's/fig/fog/p' words.txt
sed 's/x/$1/' passwd.txt
sed -e 's/a/1/' -e 's/e/2/' words.txt
column -t pods.txt
column -t routes.txt
column -t -s : passwd.txt
cat pods.txt | grep web | awk '{print $1}' | sort -r
cat missing.txt 2>/dev/null | wc -l
cat missing.txt 2>&1 | wc -l
grep -q web pods.txt && echo yes || echo no
grep -q nothing pods.txt && echo yes || echo no
false || echo second
true && false; echo $?
false | true; echo $?
cat < words.txt
cat < missing.txt
cat < missing.txt; echo $?
echo out >/dev/null
echo out 1>&2
echo a; echo b # and a comment
foo
foo | cat; echo $?
echo *.txt
echo pass*
echo none*
echo 'a|b' "c;d"
ls
ls words.txt missing.txt
ls *.md
head -1 pods.txt | wc -l
cat pods.txt words.txt | head -n -9 | tail -n2
grep -n . words.txt | head -3
exit 3
`
  .split('\n')
  .filter(line => line !== '');
